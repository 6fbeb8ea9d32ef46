using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisTerritoryStoreTests(SharedRedis redis) : TerritoryStoreContract(new RedisSpace(redis.Server));
