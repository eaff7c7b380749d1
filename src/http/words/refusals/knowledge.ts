import { both } from '../words.ts'

/** Refusals about the knowledge base and the language model. */
export const knowledgeRefusals = {
  'knowledge-duplicate': both('已有条目在答这个问题', 'An entry answers this already'),
  'knowledge-file': both('文件读不出来，或没有需要的列', 'The file cannot be read, or lacks a column'),
  'knowledge-file-big': both('文件太大', 'The file is too big'),
  'knowledge-no-number': both('没有可发短信的号码', 'There is no number to send a text to'),
  'knowledge-not-current': both('这一版现在无效，不能使用', 'This version is not valid now'),
  'knowledge-not-in-talk': both(
    '没有在和市民通话，不能播报',
    'You are not in a call: there is nobody to read it to',
  ),
  'knowledge-of-another': both('这是别的单位的条目', 'This is another unit’s entry'),
  'knowledge-own-review': both(
    '您参与了撰写，要由另一个人审核',
    'You wrote some of it: a second person reviews it',
  ),
  'knowledge-person-needed': both('要由班长或管理员审核', 'A supervisor or administrator reviews it'),
  'knowledge-revision': both(
    '期间有人改过，请重新打开再改；您写的还在这里',
    'Somebody changed it meanwhile: open it again. What you wrote is still here',
  ),
  'knowledge-stage': both('状态已经变了，请重新打开', 'It has moved on; open it again'),
  'knowledge-unclear': both(
    '请检查单位、日期（三年以内）和适用区；文本里不能有个人号码',
    'Check unit, days (within three years) and districts; no number of a person may stand in it',
  ),
  'knowledge-unknown': both('没有这个知识条目', 'There is no such entry'),
  'assistant-nothing': both('没有可以交给语言模型的内容', 'There is nothing to ask the language model about'),
  'assistant-off': both('本市没有开启语言模型', 'The city has not switched a language model on'),
} as const
