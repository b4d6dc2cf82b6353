/** `channel:web` → "web"; the system and the customer have names of their own. */
export function nameOfActor(actor: string): string {
  if (actor === 'system') return 'Ordito';
  const [role = '', ...name] = actor.split(':');
  const rest = name.join(':');
  if (rest === '' || rest === role) return role;
  return rest === 'customer' ? 'customer' : `${rest} (${role})`;
}
