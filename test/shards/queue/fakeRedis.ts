/** A server that speaks as much of Redis as a connection asks for: it is there, and says its settings. */
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/** Commands in what was sent: arrays of texts that hold no line ends. */
function commandsIn(text: string): string[][] {
  return text
    .split(/^\*\d+\r\n/m)
    .filter(Boolean)
    .map((command) => command.split('\r\n').filter((line) => line !== '' && !line.startsWith('$')));
}

export class FakeRedis {
  readonly asked: string[] = [];
  readonly #server: Server;

  /** `settings`: what CONFIG GET says; undefined: it is not allowed to ask. */
  constructor(settings: Readonly<Record<string, string>> | undefined) {
    this.#server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        for (const [name = '', ...words] of commandsIn(data.toString()))
          socket.write(this.#answer(name.toUpperCase(), words, settings));
      });
    });
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : NaN;
  }

  close(): void {
    this.#server.close();
  }

  #answer(name: string, words: readonly string[], settings: Readonly<Record<string, string>> | undefined): string {
    this.asked.push(name);
    if (name === 'INFO') return bulk('redis_version:7.0.0\r\nloading:0\r\n');
    if (name === 'PING') return '+PONG\r\n';
    if (name !== 'CONFIG') return '+OK\r\n';
    if (settings === undefined) return '-NOPERM no permission\r\n';
    const [, key = ''] = words;
    return key in settings ? `*2\r\n${bulk(key)}${bulk(settings[key])}` : '*0\r\n';
  }
}
