import { Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SettingValue } from '#contracts/routes/settings.ts';
import { impacts, priorities, urgencies, type Priority } from '#contracts/words.ts';
import { PriorityTag } from '#ui/tag.tsx';
import { useWord } from '../../words.ts';
import { SettingPage } from './setting-page.tsx';

type Cells = SettingValue<'matrix'>['cells'];

/** 优先级矩阵: urgency down, impact across, priority where they meet. */
export function MatrixPage() {
  const { t } = useTranslation();
  return (
    <SettingPage setting="matrix" intro={t('settings.matrix.intro')} wide>
      {() => (
        <>
          <Form.Item name="cells">
            <CellsInput />
          </Form.Item>
          <div className="set-pair">
            <Form.Item
              name="p1Users"
              label={t('settings.matrix.users')}
              extra={t('settings.matrix.usersHint')}
              rules={[{ required: true }]}
            >
              <InputNumber min={1} precision={0} suffix={t('settings.unit.people')} className="set-amount" />
            </Form.Item>
            <Form.Item
              name="p1Loss"
              label={t('settings.matrix.loss')}
              extra={t('settings.matrix.lossHint')}
              rules={[{ required: true }]}
            >
              <InputNumber min={0} suffix={t('settings.unit.yuan')} className="set-amount" />
            </Form.Item>
          </div>
        </>
      )}
    </SettingPage>
  );
}

function CellsInput(props: { value?: Cells; onChange?: (cells: Cells) => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const cells = props.value ?? [];
  const put = (urgency: string, impact: string, priority: Priority) =>
    props.onChange?.(
      cells.map((one) => (one.urgency === urgency && one.impact === impact ? { ...one, priority } : one)),
    );
  return (
    <div className="zk-scroll">
      <table className="set-cells">
        <thead>
          <tr>
            <th scope="col">{t('settings.matrix.corner')}</th>
            {impacts.map((impact) => (
              <th key={impact} scope="col">
                {word('impact', impact)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {urgencies.map((urgency) => (
            <tr key={urgency}>
              <th scope="row">{word('urgency', urgency)}</th>
              {impacts.map((impact) => {
                const priority = cells.find(
                  (one) => one.urgency === urgency && one.impact === impact,
                )?.priority;
                return (
                  <td key={impact} data-priority={priority}>
                    <Select
                      variant="borderless"
                      aria-label={`${word('urgency', urgency)} × ${word('impact', impact)}`}
                      value={priority}
                      onChange={(next: Priority) => put(urgency, impact, next)}
                      options={priorities.map((one) => ({ value: one, label: word('priority', one) }))}
                      labelRender={({ value }) =>
                        value ? (
                          <PriorityTag priority={value as Priority} title={word('priority', String(value))} />
                        ) : null
                      }
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
