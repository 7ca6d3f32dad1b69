import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, ConfigProvider, Drawer, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '#contracts/routes/time.ts';
import { channelKinds, clockUnits, customerLevels, deadlineKinds, priorities } from '#contracts/words.ts';
import { problemOf } from '../../api.ts';
import { useWord } from '../../words.ts';
import { lengthOf, minutesOf, spans, type Span } from './length.ts';
import { SaveForm } from '#ui/form.tsx';
import { useRefs } from './refs.ts';

export type Draft = Omit<PolicyView, 'id' | 'sentence'> & {
  id?: string;
  sentence?: string;
  changed?: boolean;
};

type Values = Omit<Draft, 'warnAt' | 'scope' | 'value'> & {
  amount: number;
  span: Span;
  warnPercent: number;
  target: boolean;
  scope: Draft['scope'];
};
const whom = ['assignee', 'lead', 'supervisor', 'manager'] as const;

/** One row of the table: where it holds, how long, and who is told when it is late. */
export function PolicyEditor(props: {
  row: Draft;
  readOnly: boolean;
  onKeep: (row: Draft) => void;
  onDrop?: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const refs = useRefs();
  const { row } = props;
  const choice = (list: string, codes: readonly string[]) =>
    codes.map((code) => ({ value: code, label: word(list, code) }));
  const keep = async ({ warnPercent, target, amount, span, calendarId, ...rest }: Values) => {
    const value = rest.unit === 'businessDays' ? amount : minutesOf(amount, span);
    const scope = Object.fromEntries(
      Object.entries(rest.scope ?? {}).filter(([, one]) => one),
    ) as Draft['scope'];
    props.onKeep({
      ...row,
      ...rest,
      scope,
      value: target ? value : null,
      calendarId: calendarId ?? null,
      warnAt: warnPercent / 100,
    });
  };
  return (
    <Drawer open size={520} onClose={props.onClose} title={word('deadlineKind', row.kind)} destroyOnHidden>
      {row.sentence && !row.changed ? <p className="set-intro">{row.sentence}</p> : null}
      <ConfigProvider componentDisabled={props.readOnly}>
        <SaveForm<Values>
          submit={t('settings.policies.keepRow')}
          initial={{
            ...row,
            target: row.value !== null,
            ...(row.unit === 'businessDays'
              ? { amount: row.value ?? 1, span: 'hours' as const }
              : lengthOf(row.value ?? 60)),
            warnPercent: Math.round((row.warnAt ?? 0.8) * 100),
          }}
          onSave={keep}
          problemOf={problemOf}
          onCancel={props.onClose}
        >
          <Form.Item required name="kind" label={t('settings.policies.kind')}>
            <Select options={choice('deadlineKind', deadlineKinds)} />
          </Form.Item>
          <div className="set-pair">
            <Form.Item name={['scope', 'channel']} label={t('settings.policies.channel')}>
              <Select
                allowClear
                placeholder={t('settings.any')}
                options={choice('channelKind', channelKinds)}
              />
            </Form.Item>
            <Form.Item name={['scope', 'priority']} label={t('settings.policies.priority')}>
              <Select allowClear placeholder={t('settings.any')} options={choice('priority', priorities)} />
            </Form.Item>
            <Form.Item name={['scope', 'category']} label={t('settings.policies.category')}>
              <Select allowClear placeholder={t('settings.any')} options={refs.categories} />
            </Form.Item>
            <Form.Item name={['scope', 'customerLevel']} label={t('settings.policies.level')}>
              <Select
                allowClear
                placeholder={t('settings.any')}
                options={choice('customerLevel', customerLevels)}
              />
            </Form.Item>
            <Form.Item name={['scope', 'groupId']} label={t('settings.groups')}>
              <Select allowClear placeholder={t('settings.any')} options={refs.groups} />
            </Form.Item>
            <Form.Item name={['scope', 'intent']} label={t('settings.policies.intent')}>
              <Input allowClear placeholder={t('settings.any')} maxLength={40} />
            </Form.Item>
          </div>
          <Form.Item
            required
            name="target"
            label={t('settings.policies.target')}
            valuePropName="checked"
            extra={t('settings.policies.targetHint')}
          >
            <Switch />
          </Form.Item>
          <div className="set-pair">
            <Form.Item
              required
              label={t('settings.policies.value')}
              htmlFor="policy-amount"
              extra={t('settings.policies.valueHint')}
            >
              <span className="set-length">
                <Form.Item name="amount" noStyle rules={[{ required: true }]}>
                  <InputNumber id="policy-amount" min={0.1} />
                </Form.Item>
                <Form.Item noStyle dependencies={['unit']}>
                  {(form) =>
                    form.getFieldValue('unit') === 'businessDays' ? (
                      <span>{t('settings.unit.workdays')}</span>
                    ) : (
                      <Form.Item name="span" noStyle>
                        <Select
                          aria-label={t('settings.policies.span')}
                          options={spans.map((one) => ({ value: one, label: t(`settings.unit.${one}`) }))}
                        />
                      </Form.Item>
                    )
                  }
                </Form.Item>
              </span>
            </Form.Item>
            <Form.Item required name="unit" label={t('settings.policies.unit')}>
              <Select options={choice('clockUnit', clockUnits)} />
            </Form.Item>
          </div>
          <Form.Item
            name="calendarId"
            label={t('settings.calendars')}
            extra={t('settings.policies.calendarHint')}
          >
            <Select allowClear placeholder={t('settings.policies.calendarAny')} options={refs.calendars} />
          </Form.Item>
          <Form.Item
            required
            name="warnPercent"
            label={t('settings.policies.warn')}
            extra={t('settings.policies.warnHint')}
          >
            <InputNumber min={10} max={100} suffix="%" className="set-amount" />
          </Form.Item>
          <fieldset className="set-ladder">
            <legend>{t('settings.policies.ladder')}</legend>
            <Form.List name="ladder">
              {(fields, { add, remove }) => (
                <>
                  {fields.map((field) => (
                    <div key={field.key} className="set-step">
                      <Form.Item name={[field.name, 'afterMinutes']} noStyle>
                        <InputNumber
                          min={0}
                          suffix={t('settings.policies.after')}
                          aria-label={t('settings.policies.after')}
                        />
                      </Form.Item>
                      <Form.Item name={[field.name, 'notify']} noStyle>
                        <Select
                          aria-label={t('settings.policies.notify')}
                          options={whom.map((one) => ({ value: one, label: t(`settings.notify.${one}`) }))}
                        />
                      </Form.Item>
                      <Form.Item name={[field.name, 'raiseLevel']} noStyle valuePropName="checked">
                        <Switch
                          checkedChildren={t('settings.policies.raise')}
                          unCheckedChildren={t('settings.policies.raise')}
                        />
                      </Form.Item>
                      <Button
                        type="text"
                        icon={<DeleteOutlined />}
                        aria-label={t('settings.policies.dropStep')}
                        onClick={() => remove(field.name)}
                      />
                    </div>
                  ))}
                  <Button
                    size="small"
                    icon={<PlusOutlined />}
                    onClick={() => add({ afterMinutes: 0, notify: 'lead' })}
                  >
                    {t('settings.policies.addStep')}
                  </Button>
                </>
              )}
            </Form.List>
          </fieldset>
        </SaveForm>
      </ConfigProvider>
      {props.onDrop && !props.readOnly ? (
        <div className="set-danger">
          <Button danger onClick={props.onDrop}>
            {t('settings.policies.drop')}
          </Button>
        </div>
      ) : null}
    </Drawer>
  );
}
