import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { findOrRegister } from '#modules/customers/index.ts';
import { command } from '#kernel/command.ts';
import { Type, obj } from '#contracts/schema.ts';
import { channelContract } from '#testing/channel-contract.ts';
import { receive } from './index.ts';

/** The smallest channel there can be: an outside id, a known phone, a text. What it keeps, `receive` keeps for all. */
const take = command({
  name: 'test.take',
  permission: null,
  input: obj({ channelId: Type.String(), id: Type.String(), phone: Type.String(), body: Type.String() }),
  run: async (context, { channelId, id, phone, body }) => {
    const customer = await findOrRegister(context, { kind: 'person', name: phone, phones: [phone] });
    return context.send(receive, { channelId, customerId: customer.id, body, externalId: id });
  },
});

channelContract('a channel that only calls receive', async (world) => {
  const { id: channelId } = await world.db.one(
    sql<{ id: string }>`select id from channel where key = 'portal'`,
  );
  const deliver = async ({ id, from, text }: { id: string; from: string; text: string }) => {
    // The edge's own checks stand before every route; here they are said by hand.
    if (text.length === 0) return { status: 422, code: 'REQUIRED' };
    if (text.length > 400_000) return { status: 413, code: 'TOO_LARGE' };
    if (/[\u0000-\u0008\u001b]/.test(text)) return { status: 422, code: 'CONTROL_CHARACTER' };
    try {
      const phone = `1390000${from.replace(/\D/g, '').padStart(4, '0')}`;
      const { messageId } = await send(
        world.centre,
        take,
        { channelId, id, phone, body: text },
        systemActor('test'),
      );
      return { status: 201, ref: messageId };
    } catch (error) {
      if (error instanceof Problem) return { status: error.status, code: error.code };
      throw error;
    }
  };
  return {
    key: 'portal',
    deliver,
    oversize: (from) => deliver({ id: 'much too long', from, text: 'x'.repeat(400_001) }),
    longest: 400_000,
    stranger: 'customer',
    joins: false,
    empty: 'refused',
    controls: 'refused',
  };
});
