using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisCoverageStoreTests(SharedRedis redis) : CoverageStoreContract(new RedisSpace(redis.Server));
