import { once } from 'events';
import { connect } from 'tls';

/** The certificate that a server on loopback shows, whatever it is worth; DER. */
export async function servedCertificate(port: number): Promise<Buffer> {
  const socket = connect({
    port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
  });
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerCertificate().raw;
  } finally {
    socket.destroy();
  }
}
