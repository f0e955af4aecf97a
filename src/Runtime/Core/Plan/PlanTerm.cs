namespace SdCompiler;

/// <summary>One summand of a <see cref="PlanFormula"/>: a factor times a dimension of the model, or a power of it.</summary>
/// <param name="Dimension">The position of the dimension among the model's dimensions, from 0.</param>
/// <param name="Name">The dimension's name.</param>
/// <param name="Factor">What the dimension is multiplied by.</param>
/// <param name="Power">How many times: 2 for what grows with the square, such as the scores of pairs of tags.</param>
public readonly record struct PlanTerm(int Dimension, string Name, long Factor, int Power = 1);
