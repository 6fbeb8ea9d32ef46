using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisJournalTests(SharedRedis redis) : JournalContract(new RedisSpace(redis.Server, Settings));
