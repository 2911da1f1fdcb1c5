import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/**
 * An npm registry on loopback that has nothing but some tarballs, so that they install as if they were published.
 * @param {Array<import('./packageTarballs.mjs').Tarball>} tarballs
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function serveTarballs(tarballs) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url);
    const document = tarballs.find(
      ({ manifest }) => path === `/${manifest.name}`,
    );
    const archive = tarballs.find(tarball => path === archivePath(tarball));
    if (document) {
      const body = JSON.stringify(
        packument(document, `http://${request.headers.host}`),
      );
      response.setHeader('content-type', 'application/json');
      response.end(body);
    } else if (archive) {
      response.end(readFileSync(archive.file));
    } else {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** The hash keeps package managers from taking an older build out of their caches. */
function archivePath({ file }) {
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  return `/tarballs/${hash}.tgz`;
}

function packument(tarball, url) {
  const { manifest } = tarball;
  const version = {
    ...manifest,
    dist: { tarball: `${url}${archivePath(tarball)}` },
  };
  return {
    name: manifest.name,
    'dist-tags': { latest: manifest.version },
    versions: { [manifest.version]: version },
  };
}
