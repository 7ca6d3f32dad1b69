import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BothWords, UpButton } from './edit-parts.tsx';
import { raised } from './edit-pick.tsx';

type Option = { key: string; zh: string; en: string };
const freeKey = (options: readonly Option[]): string => {
  for (let n = options.length + 1; ; n++) if (!options.some(({ key }) => key === `o${n}`)) return `o${n}`;
};

/** What may be chosen, a row each. A row keeps its key: conditions and records name it by that, whatever it is called. */
export function OptionRows<One extends Option>(props: {
  label: string;
  options: One[];
  /** What the button says that adds one. */ add?: string;
  onChange: (options: One[]) => void;
  beside?: (option: One, change: (option: One) => void) => ReactNode;
}) {
  const { t } = useTranslation();
  const { options, onChange } = props;
  const set = (at: number, option: One) => onChange(options.map((one, i) => (i === at ? option : one)));
  return (
    <>
      {options.map((option, i) => (
        <span key={option.key} className="pb-row">
          <BothWords
            label={`${props.label} ${i + 1}`}
            value={option}
            onChange={(words) => set(i, { ...option, ...words })}
          />
          {props.beside?.(option, (next) => set(i, next))}
          <UpButton disabled={i === 0} onClick={() => onChange(raised(options, i))} />
          <Button
            type="text"
            aria-label={t('library.remove')}
            icon={<DeleteOutlined />}
            disabled={options.length === 1}
            onClick={() => onChange(options.filter((_, at) => at !== i))}
          />
        </span>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => {
          const n = options.length + 1;
          onChange([...options, { key: freeKey(options), zh: `选项 ${n}`, en: `Option ${n}` } as One]);
        }}
      >
        {props.add ?? t('library.addOption')}
      </Button>
    </>
  );
}
