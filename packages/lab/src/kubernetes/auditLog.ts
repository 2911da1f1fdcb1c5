import { createReadStream, existsSync } from 'fs';
import { createInterface } from 'readline';

/** One request that an API server answered, from its audit log. */
export interface AuditedRequest {
  /** E.g. `system:serviceaccount:slipway:slipway`. */
  user: string;
  userAgent: string;
  verb: string;
  uri: string;
  status: number | undefined;
  at: Date;
}

/** A line of the log: an `audit.k8s.io/v1` Event. */
interface AuditEvent {
  auditID: string;
  user: { username: string };
  userAgent?: string;
  verb: string;
  requestURI: string;
  responseStatus?: { code?: number };
  /** RFC 3339. */
  requestReceivedTimestamp: string;
}

/** Reads an audit log; a request that has several stages, such as a watch, counts once. */
export async function readAuditLog(file: string): Promise<AuditedRequest[]> {
  const requests = new Map<string, AuditedRequest>();
  if (!existsSync(file)) {
    // It is made for the first request that is written down.
    return [];
  }
  const stream = createReadStream(file, 'utf8');
  for await (const line of createInterface({ input: stream })) {
    const event = parseLine(line);
    if (event && !requests.has(event.auditID)) {
      requests.set(event.auditID, {
        user: event.user.username,
        userAgent: event.userAgent ?? '',
        verb: event.verb,
        uri: event.requestURI,
        status: event.responseStatus?.code,
        at: new Date(event.requestReceivedTimestamp),
      });
    }
  }
  return [...requests.values()];
}

function parseLine(line: string): AuditEvent | undefined {
  try {
    return JSON.parse(line);
  } catch {
    // The last line may be half written.
    return undefined;
  }
}
