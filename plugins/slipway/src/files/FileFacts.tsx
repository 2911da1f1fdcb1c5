import Box from '@material-ui/core/Box';
import { Link } from '@backstage/core-components';
import type {
  FileContent,
  FilePlace,
} from '@slipway/backstage-plugin-slipway-common';
import { Facts } from '../layout';
import { RelativeTime } from '../status';
import { Text, useLanguage, useText } from '../translation';

/** A link to where the forge shows the file; nothing but the web's schemes is ever a link. */
function isWebAddress(url: string | undefined): url is string {
  return /^https?:\/\//.test(url ?? '');
}

function placeText(place: FilePlace, t: Text): string {
  const { environment = '', module = '' } = place;
  const modules = place.touches.map(touched =>
    t('files.placeModule', touched as { environment: string; module: string }),
  );
  switch (place.type) {
    case 'module':
      return t('files.placeModule', { environment, module });
    case 'shared':
      return modules.length > 0
        ? t('files.placeShared', { modules: modules.join(', ') })
        : t('files.placeNobody');
    case 'metadata':
      return environment
        ? t('files.placeMetadata', { environment })
        : t('files.placeRepoMetadata');
    default:
      return t('files.placeOther');
  }
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

function sizeText(bytes: number, language: string): string {
  const step = Math.min(
    units.length - 1,
    Math.floor(Math.log10(Math.max(1, bytes)) / 3),
  );
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[step],
    // Short, English has no plural of byte.
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}

/** What there is to know of a file besides its text. */
export function FileFacts(props: { file: FileContent }) {
  const { file } = props;
  const { lastChange } = file;
  const t = useText();
  const language = useLanguage();
  return (
    <Box p={2}>
      <Facts
        facts={[
          { label: t('files.path'), value: <code>{file.path}</code> },
          {
            label: t('files.size'),
            value:
              file.mode === '100755'
                ? `${sizeText(file.size, language)} · ${t('files.executable')}`
                : sizeText(file.size, language),
          },
          {
            label: t('files.lastChange'),
            value: lastChange && (
              <>
                <RelativeTime at={lastChange.at} /> · {lastChange.authorName} ·{' '}
                {lastChange.subject}
              </>
            ),
          },
          { label: t('files.place'), value: placeText(file.place, t) },
          {
            label: '',
            value: isWebAddress(file.forgeUrl) && (
              <Link to={file.forgeUrl}>{t('files.forge')}</Link>
            ),
          },
        ].filter(({ value }) => value !== false)}
      />
    </Box>
  );
}
