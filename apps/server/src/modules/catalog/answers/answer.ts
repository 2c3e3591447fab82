/** What was answered to a question, by its kind: text, a number, yes or no, or several of what could be chosen. */
export type AnswerValue = string | number | boolean | readonly string[];
export type Answer = { questionId: string; value: AnswerValue };
