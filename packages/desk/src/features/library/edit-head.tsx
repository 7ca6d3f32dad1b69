import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { events } from '#contracts/events.ts';
import type { Pack } from '#contracts/pack.ts';
import { ConditionEditor } from './edit-condition.tsx';
import { BothWords, Part } from './edit-parts.tsx';
import { useDoers, useNames } from './use-names.ts';

/** Events that reach playbooks, by what they are about. */
const startable = Object.keys(events).filter((type) =>
  /^(ticket|conversation|customer|record)\.(opened|classified|changed|resolved|closed|confirmed|reopened|created|moved|accepted)$/.test(
    type,
  ),
);

/** What it is, who answers for it, when it must be looked at again, and what starts it. */
export function EditHead(props: { pack: Pack; onChange: (pack: Pack) => void }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { pack } = props;
  const { roles } = useDoers(pack, { roles: [pack.owner] });
  const set = (patch: Partial<Pack>) => props.onChange({ ...pack, ...patch });
  const starts = pack.startsWhen ?? [];
  const setStarts = (startsWhen: NonNullable<Pack['startsWhen']>) => set({ startsWhen });
  return (
    <div className="pb-edit-step">
      <Part label={t('library.name')}>
        <BothWords label={t('library.name')} value={pack.name} onChange={(name) => set({ name })} />
      </Part>
      <Part label={t('library.part.goal')}>
        <BothWords label={t('library.part.goal')} value={pack.goal} onChange={(goal) => set({ goal })} />
      </Part>
      <Part label={t('library.industry')}>
        <Input value={pack.industry} onChange={(event) => set({ industry: event.target.value })} />
      </Part>
      <Part label={t('library.owner')}>
        <Select value={pack.owner} onChange={(owner) => set({ owner })} options={roles} />
      </Part>
      <Part label={t('library.part.review')}>
        <InputNumber
          min={1}
          max={60}
          value={pack.reviewMonths}
          suffix={t('library.months')}
          onChange={(months) => set({ reviewMonths: months ?? 6 })}
        />
      </Part>
      <Part label={t('library.part.starts')}>
        {starts.map((start, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- starts have no name of their own
          <div key={i} className="pb-way-row">
            <span className="pb-row">
              <Select
                value={start.event}
                onChange={(event) => setStarts(starts.map((one, n) => (n === i ? { ...one, event } : one)))}
                options={[...new Set([start.event, ...startable])].map((type) => ({
                  value: type,
                  label: (events as Record<string, { zh: string; en: string }>)[type]?.[language] ?? type,
                }))}
              />
              <Button
                type="text"
                aria-label={t('library.remove')}
                icon={<DeleteOutlined />}
                onClick={() => setStarts(starts.filter((_, n) => n !== i))}
              />
            </span>
            <ConditionEditor
              pack={pack}
              value={start.if}
              onChange={(condition) =>
                setStarts(
                  starts.map((one, n) =>
                    n === i
                      ? {
                          ...(one.repeats ? { repeats: one.repeats } : {}),
                          event: one.event,
                          ...(condition ? { if: condition } : {}),
                        }
                      : one,
                  ),
                )
              }
            />
          </div>
        ))}
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => setStarts([...starts, { event: 'ticket.opened' }])}
        >
          {t('library.addStart')}
        </Button>
      </Part>
    </div>
  );
}
