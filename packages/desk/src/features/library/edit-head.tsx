import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Pack } from '#contracts/pack.ts';
import { BothWords, Part } from './edit-parts.tsx';
import { HeadMore } from './edit-head-more.tsx';
import { EndParts, JumpParts, StartParts } from './edit-starts.tsx';
import { filled } from './edit-pick.tsx';
import { useDoers } from './use-names.ts';

/** What it is, who answers for it, when it must be looked at again, and what starts it. */
export function EditHead(props: { pack: Pack; onChange: (pack: Pack) => void }) {
  const { t } = useTranslation();
  const { pack } = props;
  const { roles } = useDoers(pack, { roles: [pack.owner] });
  const set = (patch: Partial<Pack>) => props.onChange(filled({ ...pack, ...patch }));
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
      <StartParts pack={pack} set={set} />
      <JumpParts pack={pack} set={set} />
      <EndParts pack={pack} set={set} />
      <HeadMore pack={pack} set={set} />
    </div>
  );
}
