namespace SdCompiler;

/// <summary>One summand of a <see cref="PlanFormula"/>: a factor times a dimension of the model.</summary>
/// <param name="Dimension">The position of the dimension among the model's dimensions, from 0.</param>
/// <param name="Name">The dimension's name.</param>
/// <param name="Factor">What the dimension is multiplied by.</param>
public readonly record struct PlanTerm(int Dimension, string Name, long Factor);
