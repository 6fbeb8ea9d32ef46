using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisAuditTrailTests(SharedRedis redis) : AuditTrailContract(new RedisSpace(redis.Server));
