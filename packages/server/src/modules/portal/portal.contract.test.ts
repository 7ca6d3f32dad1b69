import { channelContract } from '#testing/channel-contract.ts';
import { post } from '#testing/door.ts';

channelContract('the request form of the portal', async (world) => {
  const deliver = async ({ id, from, text }: { id: string; from: string; text: string }) => {
    const { body, ...answer } = await post(
      `${world.config.publicUrl}/api/v1/portal/requests`,
      {
        name: from,
        kind: 'person',
        phone: `1380000${from.replace(/\D/g, '').padStart(4, '0')}`,
        category: 'consult',
        subject: '咨询',
        description: text,
        consent: true,
      },
      { 'idempotency-key': id },
    );
    return { ...answer, ref: body.number as string | undefined };
  };
  return {
    key: 'portal',
    deliver,
    oversize: (from) => deliver({ id: 'much too long', from, text: '长'.repeat(8001) }),
    longest: 8000,
    stranger: 'customer',
    joins: false,
    empty: 'refused',
    controls: 'refused',
  };
});
