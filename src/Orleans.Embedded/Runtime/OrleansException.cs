namespace Orleans.Runtime;

/// <summary>A failure of the runtime itself.</summary>
public class OrleansException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>A call could not be delivered.</summary>
public class OrleansMessageRejectionException(string message, Exception? innerException = null) : OrleansException(message, innerException);

/// <summary>The silo is not there, or no longer.</summary>
public sealed class SiloUnavailableException(string message, Exception? innerException = null) : OrleansMessageRejectionException(message, innerException);

/// <summary>An option has a value that cannot be.</summary>
public sealed class OrleansConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException);
