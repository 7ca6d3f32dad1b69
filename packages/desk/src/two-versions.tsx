import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '#ui/form.tsx';

/** Two versions chosen to stand beside each other, the two newest at first. `of` names the texts of the feature. */
export function TwoVersions(props: {
  of: 'knowledge' | 'library';
  /** The newest first, two at least. */
  versions: readonly number[];
  children: (from: number, to: number) => ReactNode;
}) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(props.versions[1]!);
  const [to, setTo] = useState(props.versions[0]!);
  const options = props.versions.map((version) => ({ value: version, label: `v${version}` }));
  const choice = (side: 'before' | 'after', value: number, onChange: (version: number) => void) => (
    <Select
      size="small"
      aria-label={t(`${props.of}.${side}`)}
      value={value}
      onChange={onChange}
      options={options}
    />
  );
  return (
    <Section
      title={t(`${props.of}.compare`)}
      extra={
        <span className="desk-inline">
          {choice('before', from, setFrom)}
          <span className="zk-quiet">→</span>
          {choice('after', to, setTo)}
        </span>
      }
    >
      {props.children(from, to)}
    </Section>
  );
}
