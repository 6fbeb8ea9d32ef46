import { loadWords } from "./texts";

// Tests speak every language; a page loads its own alone.
await Promise.all(["zh-CN", "en"].map(loadWords));
