import { Checkbox, Form, InputNumber, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { impacts, urgencies, urgentAtLeast, type Urgency } from '#contracts/words.ts';
import { PriorityTag } from '#ui/tag.tsx';
import { useWord } from '../../words.ts';
import { useSetting } from './categories.tsx';
import { Numbered } from './numbered.tsx';
import { previewPriority, type Classification } from './priority.ts';
import './tickets.css';

/** Urgency × impact and the two thresholds, with the priority they will give and why (SD1-12, SD1-13). */
export function ClassificationItems(props: { numbered?: boolean }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <>
      <Form.Item
        name="urgency"
        label={props.numbered ? <Numbered field="urgency" label={t('field.urgency')} /> : t('field.urgency')}
        rules={[{ required: true, message: t('form.missing') }]}
      >
        <Segmented block options={urgencies.map((one) => ({ value: one, label: word('urgency', one) }))} />
      </Form.Item>
      <Form.Item
        name="impact"
        label={t('field.impact')}
        rules={[{ required: true, message: t('form.missing') }]}
      >
        <Segmented block options={impacts.map((one) => ({ value: one, label: word('impact', one) }))} />
      </Form.Item>
      <div className="desk-two">
        <Form.Item name="affectedUsers" label={t('field.affectedUsers')}>
          <InputNumber
            min={0}
            max={1_000_000_000}
            precision={0}
            className="desk-full"
            suffix={t('tickets.people')}
          />
        </Form.Item>
        <Form.Item name="lossAmount" label={t('field.lossAmount')}>
          <InputNumber min={0} max={1e12} className="desk-full" suffix={t('tickets.yuan')} />
        </Form.Item>
      </div>
      <Form.Item noStyle shouldUpdate>
        {(form) => <Preview values={form.getFieldsValue() as Classification} />}
      </Form.Item>
    </>
  );
}

/** 紧急需求: contacted at once; ticking it raises the urgency that is shown, the category stays (SD2-09). */
export function EmergencyItem() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<{ urgency?: Urgency }>();
  return (
    <Form.Item name="emergency" valuePropName="checked" extra={t('form.emergencyHint')}>
      <Checkbox
        onChange={({ target }) => {
          if (target.checked)
            form.setFieldValue('urgency', urgentAtLeast(form.getFieldValue('urgency') ?? 'high'));
        }}
      >
        {t('form.emergency')}
      </Checkbox>
    </Form.Item>
  );
}

/** Holds its height, so that nothing moves when the answer changes. */
export function Preview(props: { values: Classification }) {
  const { t } = useTranslation();
  const word = useWord();
  const matrix = useSetting('matrix');
  const preview = matrix ? previewPriority(props.values, matrix) : null;
  return (
    <output aria-live="polite">
      <span className="desk-preview">
        {preview ? (
          <>
            <PriorityTag priority={preview.priority} />
            <span>
              {t(`tickets.why.${preview.because}`, {
                ...preview.values,
                urgency: word('urgency', props.values.urgency),
                impact: word('impact', props.values.impact),
              })}
            </span>
          </>
        ) : (
          <span className="zk-quiet">{t('tickets.why.open')}</span>
        )}
      </span>
    </output>
  );
}
