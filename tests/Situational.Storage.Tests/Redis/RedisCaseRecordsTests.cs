using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisCaseRecordsTests(SharedRedis redis) : CaseRecordsContract(new RedisSpace(redis.Server));
