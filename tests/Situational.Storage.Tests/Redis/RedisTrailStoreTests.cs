using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisTrailStoreTests(SharedRedis redis) : TrailStoreContract(new RedisSpace(redis.Server));
