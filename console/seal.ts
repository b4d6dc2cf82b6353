import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;

/** Seals small secrets that a browser carries for us, and signs tokens; nothing is kept on the server. */
export interface Seal {
  /** Encrypts and authenticates; what `open` reads back. */
  close(text: string): string;
  /** The text, or null when it is not ours or was changed. */
  open(sealed: string): string | null;
  sign(text: string): string;
  isSignatureOf(text: string, signature: string): boolean;
}

export function createSeal(secret: string): Seal {
  const keyFor = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, '', `ordito console ${purpose}`, 32));
  const sealKey = keyFor('session');
  const signKey = keyFor('csrf');
  const sign = (text: string) => createHmac('sha256', signKey).update(text).digest('base64url');
  return {
    close(text) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', sealKey, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < ivBytes + tagBytes) return null;
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, ivBytes));
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      try {
        return (
          decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
        );
      } catch {
        return null;
      }
    },
    sign,
    isSignatureOf(text, signature) {
      const expected = Buffer.from(sign(text));
      const given = Buffer.from(signature);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}
