import { readStartOptions } from '../../runtime/dev/options';

const read = (argv: string[], env: NodeJS.ProcessEnv = {}) => readStartOptions(argv, env, '/project');

describe('the options of npm start', () => {
  it('default to demo data with a carrier that delivers by itself', () => {
    expect(read([])).toMatchObject({
      home: '/project/.ordito',
      isEmpty: false,
      asJson: false,
      carrier: 'auto',
      ports: {},
    });
  });

  it('wait for whoever plays the carrier when there is no demo data', () => {
    expect(read(['--empty']).carrier).toBe('manual');
    expect(read(['--empty', '--carrier', 'auto']).carrier).toBe('auto');
    expect(read(['--carrier', 'manual']).carrier).toBe('manual');
  });

  it('take the folder of the state from the environment', () => {
    expect(read([], { ORDITO_HOME: '/elsewhere' }).home).toBe('/elsewhere');
    expect(read([], { ORDITO_HOME: 'state' }).home).toBe('/project/state');
  });

  it('read ports one by one and all at once', () => {
    expect(read(['--port-base', '18000', '--temporal-ui-port=9000'])).toMatchObject({
      portBase: 18_000,
      ports: { temporalUi: 9000 },
    });
  });

  it.each([
    [['--api-port', 'eighty'], /--api-port is a port from 1 to 65535, not "eighty"/],
    [['--port-base', '70000'], /--port-base is a port/],
    [['--carrier', 'fast'], /"auto" or "manual"/],
    [['--no-such-flag'], /no-such-flag/],
  ])('refuse %j with a sentence that helps', (argv, message) => {
    expect(() => read(argv)).toThrow(message);
  });
});
