import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { createToken } from '#modules/identity/index.ts';
import { channelContract } from '#testing/channel-contract.ts';
import { announce, post } from '#testing/door.ts';
import { mail } from './testing/mails.ts';

channelContract('e-mail by the pipe door', async (world) => {
  const admin = await world.person('admin');
  const token = `zk_${world.centre.ids.secret(32)}`;
  await send(world.centre, createToken, { userId: admin.id, name: 'pipe', token }, systemActor('test'));
  const { id } = await world.db.one(sql<{ id: string }>`select id from channel where key = 'mail'`);
  const door = `${world.config.publicUrl}/api/v1/channels/${id}/inbound/email`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' };
  return {
    key: 'mail',
    deliver: async ({ id: outside, from, text, answers }) => {
      const { body, ...answer } = await post(
        door,
        mail(
          {
            From: `${from}@cust.test`,
            'Message-ID': `<${outside}@cust.test>`,
            ...(answers
              ? { 'In-Reply-To': `<${answers}@cust.test>`, References: `<${answers}@cust.test>` }
              : {}),
          },
          text,
        ),
        headers,
      );
      return { ...answer, ...(body.code ? {} : { ref: outside }) };
    },
    // The same door without a mailbox's patience: more than 25 MB is refused before it is read.
    oversize: () => announce(door, 27_000_000, headers),
    longest: 20_000,
    stranger: 'customer',
    joins: false,
    empty: 'taken',
    controls: 'cleaned',
  };
});
