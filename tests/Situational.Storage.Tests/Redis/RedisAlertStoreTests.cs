using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisAlertStoreTests(SharedRedis redis) : AlertStoreContract(new RedisSpace(redis.Server));
