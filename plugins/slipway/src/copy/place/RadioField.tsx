import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import { useUniqueId } from '../../layout';

const useStyles = makeStyles(
  theme => ({
    explanation: {
      display: 'block',
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
    option: { marginBottom: theme.spacing(0.5) },
  }),
  { name: 'SlipwayRadioField' },
);

/** One of a few, each with what it means. */
export function RadioField<T extends string>(props: {
  label: string;
  value: T;
  options: ReadonlyArray<{ value: T; label: string; explanation?: string }>;
  onChange: (value: T) => void;
}) {
  const { label, onChange, options, value } = props;
  const classes = useStyles();
  const id = useUniqueId('radio');
  return (
    <FormControl component="fieldset">
      <FormLabel component="legend">{label}</FormLabel>
      <RadioGroup
        name={id}
        value={value}
        aria-label={label}
        onChange={event => {
          const chosen = options.find(
            option => option.value === event.target.value,
          );
          if (chosen) {
            onChange(chosen.value);
          }
        }}
      >
        {options.map(option => (
          <FormControlLabel
            key={option.value}
            value={option.value}
            className={classes.option}
            control={<Radio color="primary" size="small" />}
            label={
              <>
                {option.label}
                {option.explanation && (
                  <span className={classes.explanation}>
                    {option.explanation}
                  </span>
                )}
              </>
            }
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
