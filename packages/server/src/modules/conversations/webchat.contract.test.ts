import { channelContract } from '#testing/channel-contract.ts';
import { post } from '#testing/door.ts';

channelContract('web chat', async (world) => {
  const base = `${world.config.publicUrl}/api/v1`;
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (who: string) => {
    if (!tokens.has(who))
      tokens.set(
        who,
        post(`${base}/widget/web/session`, {}).then(({ body }) => String(body.token)),
      );
    return tokens.get(who)!;
  };
  const deliver = async ({ id, from, text }: { id: string; from: string; text: string }) => {
    const { body, ...answer } = await post(
      `${base}/widget/messages`,
      { body: text, clientId: id },
      { authorization: `Visitor ${await tokenOf(from)}` },
    );
    return { ...answer, ref: (body.message as { id: string } | undefined)?.id };
  };
  return {
    key: 'web',
    deliver,
    oversize: async (from) => {
      await tokenOf(from);
      return deliver({ id: 'much too long', from, text: '长'.repeat(4001) });
    },
    longest: 4000,
    stranger: 'visitor',
    joins: true,
    empty: 'refused',
    controls: 'refused',
  };
});
