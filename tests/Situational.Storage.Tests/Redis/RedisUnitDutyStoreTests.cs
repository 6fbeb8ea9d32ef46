using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisUnitDutyStoreTests(SharedRedis redis) : UnitDutyStoreContract(new RedisSpace(redis.Server));
