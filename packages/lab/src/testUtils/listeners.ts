import { readdirSync, readFileSync, readlinkSync } from 'fs';

const LISTENING = '0A';

/** Every address on which this process or one that it started listens for TCP, as `/proc/net/tcp` writes it. */
export function listeningAddresses(): string[] {
  const sockets = new Set(
    [process.pid, ...descendants(process.pid)].flatMap(socketsOf),
  );
  return ['tcp', 'tcp6'].flatMap(protocol =>
    readFileSync(`/proc/net/${protocol}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.trim().split(/\s+/))
      .filter(
        fields =>
          fields[3] === LISTENING && sockets.has(`socket:[${fields[9]}]`),
      )
      .map(fields => fields[1].split(':')[0]),
  );
}

function descendants(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => parentOf(name) === pid)
    .map(Number);
  return children.flatMap(child => [child, ...descendants(child)]);
}

function parentOf(pid: string): number | undefined {
  try {
    // The command, in brackets, may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop();
    return Number(fields?.split(' ')[1]);
  } catch {
    return undefined;
  }
}

function socketsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap(fd => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}
