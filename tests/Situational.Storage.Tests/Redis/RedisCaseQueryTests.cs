using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisCaseQueryTests(SharedRedis redis) : CaseQueryContract(new RedisSpace(redis.Server));
