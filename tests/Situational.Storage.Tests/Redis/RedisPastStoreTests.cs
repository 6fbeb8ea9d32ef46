using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisPastStoreTests(SharedRedis redis) : PastStoreContract(new RedisSpace(redis.Server));
