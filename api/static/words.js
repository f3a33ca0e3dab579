// The words of the pages in the reader's language. An element asks for them by key:
// data-words for its text, data-placeholder and data-label for those attributes.

const WORDS = {
  en: {
    handbook: "Handbook",
    question: "Your question",
    ask: "Ask the handbook",
    script: "Script of the passages",
    original: "original",
    results: "Passages",
    searching: "Searching …",
    found: "Passages: {count} · {ms} ms",
    nothing: "Nothing found",
    notIn: "Not in the handbook.",
    nearest: "These are only the nearest passages. They may not answer the question.",
    unreachable: "The service cannot be reached. Is it running?",
    page: "page {number}",
    rule: "rule",
    deadline: "deadline",
    procedure: "procedure",
    definition: "definition",
    kind_script: "words to say",
    say: "Say",
    neverSay: "Never say",
    label: "{words}: ",
    valueMissing: "the source has lost the number",
    businessDays: "working days",
    from: "from: {trigger}",
    alsoIn: "Also in",
    open: "Open the place",
    copy: "Copy",
    copied: "Copied, with its source",
    copyFailed: "The browser did not allow copying",
    keyFind: "ask",
    keyEnter: "search, then open",
    keyMove: "move",
    keyCopy: "copy with source",
    keyClear: "clear",
    api: "API",
    back: "Back",
    source: "Source file",
    edits: "show what was repaired ({count})",
    edit: "{rule}: was “{before}”",
    dropped: "{rule}: dropped “{before}”",
    damage: "damaged places left as they are: {count}",
    mark_value_missing: "The source has lost the number here.",
    mark_cut_off: "The source is cut off here.",
    mark_columns: "Columns run into one another in the source.",
    mark_damaged: "Damaged in the source.",
    changed: "The manual has changed since this place was cited: the marked words may be others.",
  },
  hans: {
    handbook: "手册",
    question: "您的问题",
    ask: "查手册",
    script: "段落的字体",
    original: "原文",
    results: "段落",
    searching: "正在查找……",
    found: "{count} 段 · {ms} 毫秒",
    nothing: "没有找到",
    notIn: "手册里没有。",
    nearest: "以下只是最接近的段落，不一定回答这个问题。",
    unreachable: "连不上服务。它在运行吗？",
    page: "第 {number} 页",
    rule: "规定",
    deadline: "时限",
    procedure: "流程",
    definition: "定义",
    kind_script: "话术",
    say: "可以说",
    neverSay: "绝不要说",
    label: "{words}：",
    valueMissing: "原文缺了数字",
    businessDays: "工作日",
    from: "起点：{trigger}",
    alsoIn: "另见",
    open: "打开出处",
    copy: "复制",
    copied: "已连同出处复制",
    copyFailed: "浏览器不允许复制",
    keyFind: "提问",
    keyEnter: "查找，再按打开",
    keyMove: "移动",
    keyCopy: "连同出处复制",
    keyClear: "清空",
    api: "API",
    back: "返回",
    source: "源文件",
    edits: "显示修复之处（{count}）",
    edit: "{rule}：原为“{before}”",
    dropped: "{rule}：删去“{before}”",
    damage: "损坏而保留原样之处：{count}",
    mark_value_missing: "原文此处缺了数字。",
    mark_cut_off: "原文到此中断。",
    mark_columns: "原文此处分栏混在一起。",
    mark_damaged: "原文此处损坏。",
    changed: "引用之后手册已有改动：标出的可能不是当时的文字。",
  },
  hant: {
    handbook: "手冊",
    question: "您的問題",
    ask: "查手冊",
    script: "段落的字體",
    original: "原文",
    results: "段落",
    searching: "正在查找……",
    found: "{count} 段 · {ms} 毫秒",
    nothing: "沒有找到",
    notIn: "手冊裡沒有。",
    nearest: "以下只是最接近的段落，不一定回答這個問題。",
    unreachable: "連不上服務。它在執行嗎？",
    page: "第 {number} 頁",
    rule: "規定",
    deadline: "時限",
    procedure: "流程",
    definition: "定義",
    kind_script: "話術",
    say: "可以說",
    neverSay: "絕不要說",
    label: "{words}：",
    valueMissing: "原文缺了數字",
    businessDays: "工作日",
    from: "起點：{trigger}",
    alsoIn: "另見",
    open: "打開出處",
    copy: "複製",
    copied: "已連同出處複製",
    copyFailed: "瀏覽器不允許複製",
    keyFind: "提問",
    keyEnter: "查找，再按打開",
    keyMove: "移動",
    keyCopy: "連同出處複製",
    keyClear: "清空",
    api: "API",
    back: "返回",
    source: "原始檔案",
    edits: "顯示修復之處（{count}）",
    edit: "{rule}：原為「{before}」",
    dropped: "{rule}：刪去「{before}」",
    damage: "損壞而保留原樣之處：{count}",
    mark_value_missing: "原文此處缺了數字。",
    mark_cut_off: "原文到此中斷。",
    mark_columns: "原文此處分欄混在一起。",
    mark_damaged: "原文此處損壞。",
    changed: "引用之後手冊已有改動：標出的可能不是當時的文字。",
  },
};

const TAGS = { en: "en", hans: "zh-Hans", hant: "zh-Hant" };

/** "en", "hans" or "hant": the first of the browser's languages that we speak. */
export const language = pick(navigator.languages);

function pick(tags) {
  for (const tag of tags) {
    if (/^zh\b.*(hant|tw|hk|mo)\b/i.test(tag)) return "hant";
    if (/^zh\b/i.test(tag)) return "hans";
    if (/^en\b/i.test(tag)) return "en";
  }
  return "en";
}

/** The words of `key`, with {names} filled in; undefined where there are none. */
export function words(key, values = {}) {
  return WORDS[language][key]?.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Fills in the words that a page asks for. */
export function speak(root = document) {
  document.documentElement.lang = TAGS[language];
  for (const element of root.querySelectorAll("[data-words]"))
    element.textContent = words(element.dataset.words);
  for (const element of root.querySelectorAll("[data-placeholder]"))
    element.placeholder = words(element.dataset.placeholder);
  for (const element of root.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", words(element.dataset.label));
}
