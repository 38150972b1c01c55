namespace Barnahus.Nodes;

/// <summary>Told of a process the moment it was started, so that it can be ended whatever happens next. Several threads may tell.</summary>
/// <param name="name">E.g. <c>broker</c>.</param>
/// <param name="child">The process; after a restart another.</param>
/// <param name="port">Where it listens; 0: nowhere we ask.</param>
public delegate void Started(string name, Child child, int port);
