import { Hint } from '../status';

/** The part of an image that tells versions apart: `checkout:v2.4.0`. */
function shortImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}

/** A module's version, or its images in short; all of them in full on hover. */
export function Images(props: { images: string[]; version?: string }) {
  const { images, version } = props;
  const [image, ...others] = images;
  const short = version ?? (image && shortImage(image));
  if (!short || !image) {
    return <>{short}</>;
  }
  return (
    <Hint
      hint={images.map(name => (
        <p key={name}>{name}</p>
      ))}
    >
      {short}
      {!version && others.length > 0 && ` +${others.length}`}
    </Hint>
  );
}
