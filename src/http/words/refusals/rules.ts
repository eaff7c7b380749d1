import { both } from '../words.ts'

/** Refusals about the catalogue, files of rules, and models. */
export const ruleRefusals = {
  'catalogue-draft-changed': both(
    '别人刚改过草稿，请看最新内容再改',
    'Somebody else has just written in the draft; look at it anew',
  ),
  'catalogue-draft-missing': both('没有草稿', 'There is no draft'),
  'catalogue-from-past': both('生效时间已过', 'That time is over'),
  'catalogue-invalid': both(
    '事项目录有错，不能发布：请看列出的问题',
    'Something in the catalogue is wrong: see what is listed',
  ),
  'catalogue-kind-unknown': both('事项目录里没有这个代码', 'The catalogue has no such code'),
  'catalogue-moved': both(
    '草稿开始之后已启用别的版本：请放弃草稿，重新修改',
    'Another version was decided since the draft began: give it up and begin another',
  ),
  'catalogue-same': both('草稿和现有版本一样', 'The draft says nothing else'),
  'catalogue-version-unknown': both('没有这个版本', 'There is no such version'),
  'rule-alone': both(
    '这项规则须由两人完成：写草稿的人不能自己发布',
    'These rules take two persons: whoever wrote the draft cannot publish it',
  ),
  'rule-draft-changed': both(
    '别人刚改过草稿，请看最新内容再改',
    'Somebody else has just written in the draft; look at it anew',
  ),
  'rule-draft-missing': both('没有草稿', 'There is no draft'),
  'rule-from-past': both('生效时间已过', 'That time is over'),
  'rule-moved': both(
    '草稿开始之后已启用别的版本：请放弃草稿，重新修改',
    'Another version was decided since the draft began: give it up and begin another',
  ),
  'rule-refused': both(
    '这样的规则不能发布：请看列出的问题',
    'Rules like that are not published: see what is listed',
  ),
  'rule-same': both('草稿和现有版本一样', 'The draft says nothing else'),
  'rule-version-unknown': both('没有这个版本', 'There is no such version'),
  'city-invalid': both('城市的内容有错', 'The city’s file or rules are wrong'),
  'example-invalid': both('样本有误', 'An example is wrong'),
  'label-alone': both('这一类只有一个样本', 'A kind has a single example'),
  'label-unknown': both('没有这一类', 'There is no such kind'),
  'model-invalid': both('分类模型文件有误', 'The model’s file is wrong'),
} as const
