/**
 * The state of a campaign.
 *
 *     running <-> paused       by a person, who is back soon
 *        |  ^       |
 *        v  |       v
 *       stopped                by a person, or by itself: somebody has to look before it goes on
 *
 * While it does not run nobody is rung and nothing is sent; what is owed stays owed. Links already sent still work.
 */
export const campaignStates = ['running', 'paused', 'stopped'] as const
export type CampaignState = (typeof campaignStates)[number]

export const campaignMoves: Readonly<Record<CampaignState, readonly CampaignState[]>> = {
  running: ['paused', 'stopped'],
  paused: ['running', 'stopped'],
  stopped: ['running'],
}
