import { loadConfig } from '../../runtime/config';

const needed = { ORDITO_SECRET: 'x'.repeat(32), DATABASE_URL: 'postgres://localhost/ordito' };
const trusted = (TRUST_PROXY?: string) => loadConfig({ ...needed, TRUST_PROXY }).api.trustProxy;

test.each([
  [undefined, false],
  ['', false],
  ['1', 1],
  ['10.0.0.0/8, loopback', ['10.0.0.0/8', 'loopback']],
  ['2001:db8::/32', ['2001:db8::/32']],
])('TRUST_PROXY %j trusts %j', (text, expected) => {
  expect(trusted(text)).toEqual(expected);
});

test.each(['true', '0', '-1', 'proxy.example', '10.0.0.0/33', '10.0.0.0/8/8', '1,', '*'])(
  'TRUST_PROXY %j is refused by name: nobody is trusted by mistake',
  (text) => {
    expect(() => trusted(text)).toThrow(/TRUST_PROXY: must be how many proxies/);
  },
);

test('SHOP_TIME_ZONE is one that there is', () => {
  const zone = (SHOP_TIME_ZONE?: string) => loadConfig({ ...needed, SHOP_TIME_ZONE }).timeZone;
  expect([zone(), zone('America/New_York')]).toEqual(['Europe/Rome', 'America/New_York']);
  expect(() => zone('Milano')).toThrow(/SHOP_TIME_ZONE: must be the IANA name of a time zone/);
});

test('requests and wrong keys are limited unless it is said otherwise', () => {
  expect(loadConfig(needed).api.limits).toEqual({ requestsPerMinute: 6000, wrongKeysPerMinute: 20 });
  const without = { REQUESTS_PER_MINUTE: '0', WRONG_KEYS_PER_MINUTE: '0' };
  expect(loadConfig({ ...needed, ...without }).api.limits).toEqual({
    requestsPerMinute: 0,
    wrongKeysPerMinute: 0,
  });
});
