const nobody =
  '(是空号|为空号|不存在|不正确|有误|已停机|已关机|已暂停服务|暂停服务|暂时无法接通|无法接通|不在服务区|正在通话中|无人接听|无法接听)'

/** What networks say where a person should be, as recognizers write it: nobody is reached there now, or ever. */
const announcements: readonly RegExp[] = [
  new RegExp(`您?(所)?(拨打|拨叫|呼叫)的?(号码|电话|用户|手机|客户).{0,8}${nobody}`),
  new RegExp(`(对不起|很抱歉).{0,10}(号码|电话|用户|手机).{0,8}${nobody}`),
  /(number|subscriber|person|phone|customer|party) you (have )?(dial(l?ed)?|called|are (calling|dial(l?)ing|trying to (call|reach))).{0,40}(powered? off|switched off|does not exist|not (be )?(in service|connected|available|reached|reachable)|out of (service|reach)|unavailable|busy)/i,
]

/** Whether these words are such an announcement: said of the number that was rung, which no person does. */
export function isAnnouncement(words: string): boolean {
  const together = words.replace(/[\s,，。.、!！?？:：]+/g, '')
  const apart = words.replace(/[\s,，。.、!！?？:：]+/g, ' ')
  return announcements.some(said => said.test(together) || said.test(apart))
}
