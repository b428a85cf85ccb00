'use strict';
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Those that take minutes, the longest first: begun last, they would go on alone. From an earlier run Jest knows how long a
 * file took; in a fresh clone it goes by the size of the files.
 */
const LONGEST = ['chaos/sample', 'journeys/meta-answers', 'durability/worker-killed', 'histories/replay'];

const rankOf = ({ path }) => {
  const rank = LONGEST.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return rank === -1 ? LONGEST.length : rank;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rankOf(one) - rankOf(other));
  }
};
