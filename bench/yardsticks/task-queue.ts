export const yardsticksTaskQueue = 'yardsticks';
