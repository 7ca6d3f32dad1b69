import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { customerKinds } from '#contracts/words.ts';
import { scriptVariables } from '#contracts/pack.ts';
import type { Pack, Script } from '#contracts/pack.ts';
import { TextBox } from '#ui/text-box.tsx';
import { useWord } from '../../words.ts';
import { Part } from './edit-parts.tsx';
import { variableNames } from './saying.ts';
import { useNames } from './use-names.ts';

/** The words in both languages; variables are named below the box. */
export function EditWords(props: { pack: Pack; onChange: (pack: Pack) => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const { language: reading } = useNames();
  const { pack } = props;
  const set = (scripts: Script[]) => props.onChange({ ...pack, scripts });
  const change = (at: number, script: Script) => set(pack.scripts.map((one, i) => (i === at ? script : one)));
  const add = () => {
    let n = pack.scripts.length + 1;
    while (pack.scripts.some(({ key }) => key === `words_${n}`)) n += 1;
    set([
      ...pack.scripts,
      {
        key: `words_${n}`,
        zh: { title: '新话术', body: '您好，' },
        en: { title: 'New words', body: 'Hello, ' },
      },
    ]);
  };
  /** A kind of customer for whom these words are not written yet. */
  const freeFor = ({ key }: Script) =>
    customerKinds.find((kind) => !pack.scripts.some((one) => one.key === key && one.audience === kind));
  const again = (at: number) => {
    const script = pack.scripts[at]!;
    set(pack.scripts.toSpliced(at + 1, 0, { ...script, audience: freeFor(script) }));
  };
  return (
    <div className="pb-scripts">
      <p className="pb-intro">
        {t('library.variables')}
        <span className="pb-variables">
          {scriptVariables.map((name) => (
            <span key={name}>
              <code>{`{{${name}}}`}</code> {variableNames[name][reading]}
            </span>
          ))}
        </span>
      </p>
      {pack.scripts.map((script, i) => (
        <article key={`${script.key}@${script.audience ?? ''}`} className="pb-script">
          <Part label={t('library.audience')}>
            <span className="pb-row">
              <Select
                allowClear
                placeholder={t('library.everybody')}
                value={script.audience}
                onChange={(audience) =>
                  change(
                    i,
                    audience ? { ...script, audience } : { key: script.key, zh: script.zh, en: script.en },
                  )
                }
                options={customerKinds.map((one) => ({ value: one, label: word('customerKind', one) }))}
              />
              <Button disabled={freeFor(script) === undefined} onClick={() => again(i)}>
                {t('library.wordsAgain')}
              </Button>
              <Button
                type="text"
                danger
                aria-label={t('library.remove')}
                icon={<DeleteOutlined />}
                onClick={() => set(pack.scripts.filter((_, at) => at !== i))}
              />
            </span>
          </Part>
          {(['zh', 'en'] as const).map((side) => (
            <Part key={side} label={side === 'zh' ? '中文' : 'English'}>
              <Input
                aria-label={t('library.title.words')}
                value={script[side].title}
                onChange={(event) =>
                  change(i, { ...script, [side]: { ...script[side], title: event.target.value } })
                }
              />
              <TextBox
                rows={2}
                aria-label={t('library.tab.words')}
                value={script[side].body}
                onChange={(event) =>
                  change(i, { ...script, [side]: { ...script[side], body: event.target.value } })
                }
              />
            </Part>
          ))}
        </article>
      ))}
      <Button icon={<PlusOutlined />} onClick={add}>
        {t('library.addWords')}
      </Button>
    </div>
  );
}
