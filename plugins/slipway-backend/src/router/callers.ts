import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type express from 'express';

/** A request of any typed route, as the platform's services take it. */
type AnyRequest = Parameters<HttpAuthService['credentials']>[0];

/**
 * Credentials of whoever reads: people, and services whose access restrictions name permissions. (For any other
 * service the permission system would allow everything without asking the policy.)
 */
export async function readerCredentials(
  httpAuth: HttpAuthService,
  request: AnyRequest,
): Promise<BackstageCredentials> {
  const credentials = await httpAuth.credentials(request, {
    allow: ['user', 'service'],
  });
  if (isUnrestrictedService(credentials.principal)) {
    throw new NotAllowedError(
      "A service may read Slipway only with access restrictions that name its permissions, such as 'slipway.environment.read'",
    );
  }
  return credentials;
}

function isUnrestrictedService(principal: unknown): boolean {
  const { type, accessRestrictions } = principal as {
    type?: string;
    accessRestrictions?: { permissionNames?: string[] };
  };
  return type === 'service' && !accessRestrictions?.permissionNames?.length;
}

export interface AuditOptions {
  auditor: AuditorService;
  eventId: string;
  severityLevel: 'low' | 'medium';
  request: AnyRequest;
  meta?: Record<string, string>;
}

/** Runs something and leaves an auditor event of how it ended. */
export async function audited<T>(
  options: AuditOptions,
  run: () => Promise<T>,
): Promise<T> {
  const { auditor, eventId, severityLevel, request, meta } = options;
  const event = await auditor.createEvent({
    eventId,
    severityLevel,
    request,
    meta,
  });
  try {
    const result = await run();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}

/** Ends what is done for a caller who went away. */
export function closed(response: express.Response): AbortSignal {
  const controller = new AbortController();
  response.on('close', () => controller.abort());
  return controller.signal;
}
