/** What is said at the terminal about kinds of demands, and how a text is held against them. */
export const triageWords = {
  about: '分类：一段话说的是什么事，有多大把握，依据哪些词',
  trainAbout: '用已确认的工单训练一个模型，写成一个文件',
  testAbout: '在已知类别的文本上检验模型；不给模型则检验事项目录（冷启动）',
  classifyAbout: '给出最可能的类别；不给模型则在事项目录的对象里找',
  explainAbout: '说明依据了哪些词',
  examples: 'JSON Lines 文件，每行 {"text":"…","title":"…","label":"…"}，title 可以没有',
  output: '模型写到这个文件',
  seed: '随机种子：相同的种子得到相同的模型',
  seeds: '用几个种子各训练一次，比较留出部分的结果；写下第一个',
  cost: '判错的代价，越大越贴近训练文本',
  model: '训练好的模型文件',
  catalogue: '事项目录；不给则用 CATALOGUE_DIR',
  corrections:
    '已确认的更正（JSON Lines），加到目录或模型之上：label 是目录里的对象名，给了 --model 则是模型的类别；不要放进要检验的文本',
  readAbout:
    '从一段话里读出工单要写的：号码、金额、温度、从何时起、多久一次、影响谁、地点、关键词和紧急情况，各注明出自哪几个字',
  readText:
    '要读的话；不给则读 --file 或标准输入（JSON Lines，每行 {"text":"…"}）；加 --json 每条输出一行 JSON',
  readFile: '要读的文本，JSON Lines',
  readAt: '当作是这个时候说的（城市当地时间，如 "2026-01-05 08:30"）；不给则是现在',
  gazetteer: '地名文件；不给则用 GAZETTEER_FILE',
  fields: {
    phone: '电话',
    order: '工单号',
    plate: '车牌',
    amount: '金额',
    temperature: '温度',
    since: '从何时起',
    often: '多久一次',
    affected: '影响谁',
    elder: '年龄',
    keyword: '关键词',
    place: '地点',
  },
  emergency: (service: string, said: string) => `紧急：“${said}”，请转 ${service}`,
  otherStreets: (streets: string) => `可能在：${streets}`,
  or: '、',
  readHead: ['栏目', '内容', '原话'] as readonly string[],
  nothingRead: '没有读出可填的内容',
  noise: '先把文本按识别器的方式写错这么大比例的字，如 0.1',
  noiseSeed: '写错哪些字：相同的种子写错相同的字',
  withNoise: (share: string) => `文本里 ${share} 的字按识别器的方式写错`,
  text: '要分类的话；不给则读 --file 或标准输入（JSON Lines，每行 {"text":"…"}）',
  title: '标题',
  file: '要分类的文本，JSON Lines',
  label: '说明这一类的依据；不给则说明第一个',
  by: (what: string) => `依据：${what}`,
  trained: (file: string, texts: number, labels: number, megabytes: string) =>
    `已写入 ${file}：${texts} 条，${labels} 类，${megabytes} MB`,
  heldOut: (texts: number) => `以下是训练时留出的 ${texts} 条上的结果；写下的模型用全部文本重新训练：`,
  figures: (f1: string, low: string, high: string, texts: number) =>
    `宏平均 F1 ${f1}（95% 区间 ${low} 到 ${high}），共 ${texts} 条`,
  firsts: (first: string, three: string, five: string) =>
    `第一个对 ${first}，前三个有 ${three}，前五个有 ${five}`,
  calibration: (error: string) => `校准误差 ${error}`,
  unsureShare: (share: string, right: string) => `答“不确定”的 ${share}，其中第一个其实对的 ${right}`,
  curveHead: ['把握至少', '覆盖', '正确'] as readonly string[],
  labelsHead: ['类别', '条数', '精确率', '召回率', 'F1'] as readonly string[],
  confusionHead: ['类别', '错成', '次数'] as readonly string[],
  seedsHead: ['种子', '宏平均 F1', '第一个对'] as readonly string[],
  labelHead: ['把握', '类别'] as readonly string[],
  objectHead: ['把握', '对象', '牵头单位', '事项'] as readonly string[],
  weighedHead: ['词', '分量'] as readonly string[],
  because: (label: string) => `“${label}”的依据：`,
  unsure: '不确定',
  nothing: '没有找到相近的',
  ask: (question: string) => `请问：${question}`,
}

export const triageWordsInEnglish: typeof triageWords = {
  about: 'what a text is about, how sure that is, and which words weighed',
  trainAbout: 'train a model on confirmed orders, and write it as one file',
  testAbout: 'try a model on texts whose label is known; without one, the catalogue (cold start)',
  classifyAbout: 'give the likeliest labels; without a model, objects of the catalogue',
  explainAbout: 'say which words weighed',
  examples: 'JSON Lines, each {"text":"…","title":"…","label":"…"}, the title if there is one',
  output: 'write the model to this file',
  seed: 'the same seed gives the same model',
  seeds: 'train with so many seeds, and compare them on what was held out; the first is written',
  cost: 'what an error costs: higher keeps closer to the training texts',
  model: 'a model that was trained',
  catalogue: 'folder of the catalogue; CATALOGUE_DIR when absent',
  corrections:
    'confirmed corrections (JSON Lines) to add to the catalogue or the model: labels are objects of the catalogue, or the model’s; not the texts that are tested',
  readAbout:
    'read what an order has to say: numbers, amounts, temperatures, since when, how often, whom it hits, where, keywords, emergencies, each with the words that it came from',
  readText:
    'the text; --file or standard input when absent (JSON Lines, each {"text":"…"}); with --json a line of JSON for each',
  readFile: 'texts as JSON Lines',
  readAt: 'as if said at this time of the city, as "2026-01-05 08:30"; now when absent',
  gazetteer: 'names of the city’s places; GAZETTEER_FILE when absent',
  fields: {
    phone: 'Phone',
    order: 'Order',
    plate: 'Plate',
    amount: 'Amount',
    temperature: 'Temperature',
    since: 'Since',
    often: 'How often',
    affected: 'Affected',
    elder: 'Age',
    keyword: 'Keyword',
    place: 'Place',
  },
  emergency: (service, said) => `emergency: "${said}", add ${service}`,
  otherStreets: streets => `perhaps in: ${streets}`,
  or: ' or ',
  readHead: ['Field', 'Value', 'Words'],
  nothingRead: 'nothing to fill in was read',
  noise: 'first get this share of characters wrong as a recognizer would, as 0.1',
  noiseSeed: 'the same seed gets the same characters wrong',
  withNoise: share => `${share} of characters were got wrong as a recognizer would`,
  text: 'the text; --file or standard input when absent (JSON Lines, each {"text":"…"})',
  title: 'its title',
  file: 'texts as JSON Lines',
  label: 'which label to explain; the first when absent',
  by: what => `by ${what}`,
  trained: (file, texts, labels, megabytes) =>
    `wrote ${file}: ${texts} texts, ${labels} labels, ${megabytes} MB`,
  heldOut: texts => `on ${texts} texts that were held out; what was written has learnt from all:`,
  figures: (f1, low, high, texts) => `macro-F1 ${f1} (95% interval ${low} to ${high}), ${texts} texts`,
  firsts: (first, three, five) => `first ${first}, first three ${three}, first five ${five}`,
  calibration: error => `calibration error ${error}`,
  unsureShare: (share, right) => `"I don't know" ${share}, of which the first was right after all ${right}`,
  curveHead: ['At least', 'Covered', 'Right'],
  labelsHead: ['Label', 'Texts', 'Precision', 'Recall', 'F1'],
  confusionHead: ['Label', 'Taken for', 'Times'],
  seedsHead: ['Seed', 'Macro-F1', 'First'],
  labelHead: ['Sure', 'Label'],
  objectHead: ['Sure', 'Object', 'Unit', 'Kinds'],
  weighedHead: ['Words', 'Weight'],
  because: label => `for "${label}":`,
  unsure: "I don't know",
  nothing: 'nothing like it was found',
  ask: question => `ask: ${question}`,
}

type Counts = {
  readonly groups: number
  readonly objects: number
  readonly kinds: number
  readonly words: number
  readonly sentences: number
}

export const catalogueWords = {
  about: '事项目录：市民反映什么事，由谁办',
  checkAbout: '检查：每个事项在每个区都有单位，各对象的说法不重复，每个例句能找到自己的对象',
  directory: '事项目录；不给则用 CATALOGUE_DIR',
  holds: ({ groups, objects, kinds, words, sentences }: Counts) =>
    `没有问题：二级 ${groups}，对象 ${objects}，事项 ${kinds}，说法 ${words}，例句 ${sentences}`,
}

export const catalogueWordsInEnglish: typeof catalogueWords = {
  about: 'the catalogue: what citizens ask for, and who answers',
  checkAbout:
    'prove that every kind has a unit in every district, words are shared by no two objects, and each sentence finds its own',
  directory: 'folder of the catalogue; CATALOGUE_DIR when absent',
  holds: ({ groups, objects, kinds, words, sentences }) =>
    `all is well: ${groups} groups, ${objects} objects, ${kinds} kinds, ${words} words, ${sentences} sentences`,
}
