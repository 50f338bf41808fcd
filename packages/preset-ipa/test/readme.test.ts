import { testReadmeExamples } from "../../../vitest.readme.js";

testReadmeExamples(new URL("..", import.meta.url));
