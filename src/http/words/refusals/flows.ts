import { both } from '../words.ts'

/** Refusals about flows; the proof's rules by their names. */
export const flowRefusals = {
  'call-differs': both('通话与剧本不符', 'The call went another way than its script'),
  'call-empty': both('剧本里没有步骤', 'The script has no steps'),
  'elder-choices': both(
    '长辈最多三个选择，包括 0',
    'An elder caller chooses among at most three, 0 included',
  ),
  'elder-depth': both('长辈最多经过两层菜单', 'An elder caller passes at most two menus'),
  'elder-haste': both(
    '长辈从问候起 20 秒内排上队',
    'An elder caller is in the queue at most 20 s after the greeting began',
  ),
  'elder-pace': both(
    '对长辈每分钟说 120 到 160 个音节',
    'An elder caller hears 120 to 160 syllables a minute',
  ),
  'elder-patience': both('给长辈 8 到 10 秒考虑', 'An elder caller has 8 to 10 s to think'),
  'elder-silence': both('长辈不出声就转人工', 'An elder caller who stays silent is led to a person'),
  'elder-wording': both(
    '对长辈先说功能，再说按键',
    'An elder caller hears what a key does before which key it is',
  ),
  'every-language-is-spoken': both('每种语言都有提示音', 'No prompt is missing in a language'),
  'every-state-is-reached': both('每个步骤都走得到', 'Every state can be reached'),
  'every-way-is-walked': both('每条出路都走得通', 'Every way out of a state can be taken'),
  'file-unreadable': both('读不了文件', 'The file cannot be read'),
  'flow-twice': both('流程重名', 'Two flows have one name'),
  'flow-unknown': both('没有这个流程', 'There is no such flow'),
  'flows-changed': both('刚刚有人改了流程', 'Somebody else has just changed the flows'),
  'flows-missing': both('读不到流程', 'The flows cannot be read'),
  'flows-of-earlier-build': both('流程是以前版本的', 'The flows are those of an earlier version'),
  'flows-unused': both('有流程文件没有用到', 'A flow file is not used'),
  'incidents-are-short': both(
    '突发情况播报不过一分钟，对长辈不过 20 秒',
    'Known incidents take at most a minute, and 20 s for an elder caller',
  ),
  'incidents-lead-to-the-queue': both(
    '突发情况播报之后就排队等人工',
    'After known incidents comes the queue for a person',
  ),
  'key-missing': both('缺少字段', 'A key is missing'),
  'key-unknown': both('没有这个字段', 'There is no such key'),
  'language-twice': both('语言重复', 'A language stands twice'),
  'misses-lead-to-a-person': both(
    '连续三次没有听清就转人工，长辈一次就转',
    'Three misses in a row lead to a person; one does where callers are elder',
  ),
  'no-trial': both('没有试用中的版本', 'No version is on trial'),
  'nobody-is-hung-up-on': both(
    '事情没办完不挂断，除非来电人自己选择',
    'Nobody is hung up on before their business is done, unless they chose it',
  ),
  'nobody-is-stranded': both('等着的人总会等到下一步', 'Something comes next for every caller who waits'),
  'nothing-before': both('之前没有版本', 'There is no version before'),
  'nothing-goes-round': both(
    '来电人什么都不做时，流程不会绕圈',
    'A flow does not go round while the caller does nothing',
  ),
  'number-begins-with-zero': both('要输入的号码不得以 0 开头', 'No number that callers key begins with 0'),
  'option-invalid': both('选项不对', 'An option is wrong'),
  'pause-frees-zero': both(
    '输入号码时停顿之后，0 又是人工',
    'After a pause within a number 0 is a person again',
  ),
  'person-no-queue': both('转人工的步骤不是排队', 'The state for a person is no queue'),
  'prompts-late': both('提示音没有及时备好', 'The prompts were not ready in time'),
  'star-frees-zero': both(
    '输入号码时，按 * 清除后 0 又是人工',
    'Within a number * clears it, and 0 is a person again',
  ),
  'state-unknown': both('没有这个步骤', 'There is no such state'),
  'value-invalid': both('值不对', 'A value is wrong'),
  'value-unknown': both('没有收集过这个值', 'That value was never collected'),
  'version-unknown': both('没有这个版本', 'There is no such version'),
  'what-is-needed-is-collected': both(
    '用这条流程的地方要的回答，正常结束时都已记下',
    'A call that ends well has collected what its flow is used for',
  ),
  'what-is-promised-is-owed': both(
    '说会回电之前，回拨已经登记',
    'Nobody is told of a callback before it is owed',
  ),
  'who-is-promised-has-a-number': both(
    '没有来电号码的人，不说会回电',
    'Nobody is told of a callback while their number is unknown',
  ),
  'who-is-recorded-is-told': both(
    '告知录音之后才转人工',
    'Callers hear that calls are recorded before they reach a person',
  ),
  'word-former': both('用了旧词', 'A former word is used'),
  'words-missing': both('缺少译文', 'Words are missing in a language'),
  'words-surplus': both('多余的译文', 'There are words for nothing'),
  'yaml-invalid': both('不是正确的 YAML', 'The file is no YAML'),
  'zero-is-a-person': both('处处按 0，一步就到人工', 'Key 0 leads to a person in one step, from everywhere'),
} as const
