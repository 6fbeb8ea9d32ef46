namespace Orleans.Configuration;

/// <summary>How a client outside a silo sends calls. Without effect in one process.</summary>
public class ClientMessagingOptions : MessagingOptions;
