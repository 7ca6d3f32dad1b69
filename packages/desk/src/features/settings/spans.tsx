import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';

export type Spans = string[][];

/** Spans of one day as typed times; `24:00` ends a day, a later end may run past midnight. */
export function SpansInput(props: { value?: Spans; onChange?: (spans: Spans) => void; label: string }) {
  const { t } = useTranslation();
  const { value = [], onChange, label } = props;
  const put = (at: number, side: 0 | 1, text: string) =>
    onChange?.(
      value.map((span, index) =>
        index === at ? (side === 0 ? [text, span[1] ?? ''] : [span[0] ?? '', text]) : span,
      ),
    );
  return (
    <div className="set-spans">
      {value.map((span, at) => (
        <span key={at} className="set-span">
          {([0, 1] as const).map((side) => (
            <Input
              key={side}
              aria-label={`${label} ${t(side === 0 ? 'settings.spans.from' : 'settings.spans.to')}`}
              value={span[side]}
              status={/^([01]\d|2[0-4]):[0-5]\d$/.test(span[side] ?? '') ? undefined : 'error'}
              onChange={(event) => put(at, side, event.target.value)}
              maxLength={5}
            />
          ))}
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('settings.spans.drop')}
            onClick={() => onChange?.(value.filter((_, index) => index !== at))}
          />
        </span>
      ))}
      {value.length === 0 ? <span className="zk-quiet">{t('settings.spans.off')}</span> : null}
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onChange?.([...value, nextSpan(value)])}
      >
        {t('settings.spans.add')}
      </Button>
    </div>
  );
}

/** The obvious next one: the whole day first, the afternoon after a morning. */
function nextSpan(spans: Spans): [string, string] {
  const last = spans.at(-1)?.[1];
  if (!last) return ['09:00', '18:00'];
  return last < '13:00' ? ['13:00', '18:00'] : [last, '24:00'];
}
