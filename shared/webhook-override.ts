/** Name of the check whether messages of the moved number are turned to another address than our app's (P-10, meta §8.1). */
export const TURNED_ELSEWHERE = 'messages turned elsewhere';
