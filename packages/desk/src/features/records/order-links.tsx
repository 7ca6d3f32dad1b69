import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { createOrderLink, orderLinkKinds, type OrderLinkKind } from '#contracts/routes/order-links.ts';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { useWordsOut } from '../playbooks/scripts.tsx';

/** On the card of an order beside a talk: a link to pay or to follow it, put into the reply (SD3l-06). */
export function OrderLinks(props: { orderId: string; draft: string }) {
  const { t, i18n } = useTranslation();
  const toast = useToast();
  const out = useWordsOut(props.draft);
  const insert = async (kind: OrderLinkKind) => {
    try {
      const { words } = await call(createOrderLink, {
        params: { id: props.orderId },
        body: { kind },
        idempotencyKey: crypto.randomUUID(),
      });
      out.insert(i18n.language === 'en' ? words.en : words.zh);
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  return (
    <span className="rec-links">
      {orderLinkKinds.map((kind) => (
        <Button key={kind} size="small" type="link" onClick={() => void insert(kind)}>
          {t(`records.link.${kind}`)}
        </Button>
      ))}
    </span>
  );
}
