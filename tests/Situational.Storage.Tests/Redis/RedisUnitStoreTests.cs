using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisUnitStoreTests(SharedRedis redis) : UnitStoreContract(new RedisSpace(redis.Server));
