import { CertificateOptions } from '../kubernetes';
import { Lab } from '../lab';
import { LabError } from '../LabError';
import { describeRequests } from './describeRequests';

const DEFAULT_DELAY_MS = 500;

/** What certificates can be no good for. */
const FLAWS: Record<string, CertificateOptions> = {
  expired: { validHours: -1 },
  'other-host': { hosts: ['api.example'] },
};

/** What a running lab can be told to do with one of its clusters. */
const ORDERS: Record<
  string,
  { usage: string; run: (lab: Lab, args: string[]) => Promise<string> }
> = {
  cut: {
    usage: 'cut NAME',
    run: async (lab, [name]) => {
      await lab.cluster(name).link.cut();
      return `${name} refuses connections.`;
    },
  },
  stall: {
    usage: 'stall NAME',
    run: async (lab, [name]) => {
      await lab.cluster(name).link.stall();
      return `${name} keeps connections and says nothing.`;
    },
  },
  slow: {
    usage: 'slow NAME [MILLISECONDS [BYTES-PER-SECOND]]',
    run: async (lab, [name, delay, bytes]) => {
      const delayMs = toNumber(delay) ?? DEFAULT_DELAY_MS;
      const bytesPerSecond = toNumber(bytes);
      await lab.cluster(name).link.slow({ delayMs, bytesPerSecond });
      return `${name} answers ${delayMs} ms later in each direction${
        bytesPerSecond ? `, at ${bytesPerSecond} bytes a second` : ''
      }.`;
    },
  },
  restore: {
    usage: 'restore NAME',
    run: async (lab, [name]) => {
      await lab.cluster(name).link.restore();
      return `${name} is connected as before.`;
    },
  },
  restart: {
    usage: 'restart NAME',
    run: async (lab, [name]) => {
      await lab.cluster(name).restart();
      return `The API server of ${name} has started again.`;
    },
  },
  skew: {
    usage: 'skew NAME [VERSION]',
    run: async (lab, [name, version]) => {
      await lab.cluster(name).skew(version);
      return version
        ? `${name} answers as Kubernetes ${version} would.`
        : `${name} answers as the version that it is.`;
    },
  },
  certify: {
    usage: 'certify NAME [expired|other-host]',
    run: async (lab, [name, flaw]) => {
      if (flaw !== undefined && !Object.hasOwn(FLAWS, flaw)) {
        throw new LabError(
          `A certificate is one of: ${Object.keys(FLAWS).join(', ')}.`,
        );
      }
      await lab.cluster(name).certify(flaw ? FLAWS[flaw] : {});
      return flaw
        ? `${name} answers new connections with a certificate that is no good: ${flaw}.`
        : `${name} answers with a good certificate.`;
    },
  },
  wipe: {
    usage: 'wipe NAME',
    run: async (lab, [name]) => {
      await lab.cluster(name).wipe();
      return `${name} is empty, and its tokens are new ones.`;
    },
  },
  requests: {
    usage: 'requests NAME',
    run: async (lab, [name]) =>
      describeRequests(name, await lab.cluster(name).requests()),
  },
};

/** Carries an order out, and resolves to a sentence about what is so now. */
export async function carryOut(
  lab: Lab,
  [name, ...args]: string[],
): Promise<string> {
  if (!Object.hasOwn(ORDERS, name)) {
    throw new LabError(
      `The lab knows no order "${name}". It knows: ${Object.keys(ORDERS).join(
        ', ',
      )}, stop.`,
    );
  }
  const { usage, run } = ORDERS[name];
  if (args.length < 1 || args.length > usage.split(' ').length - 1) {
    throw new LabError(`It is written: ${usage}`);
  }
  return run(lab, args);
}

function toNumber(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new LabError(`"${text}" is no number above zero.`);
  }
  return Number(text);
}
